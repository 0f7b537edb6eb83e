/*
 * The world in which the XArray itself is under review: lib/xarray.c with its header, both from the tree, and around
 * them only what they stand on. Read before every unit, in place of ../kernel/prelude.h.
 */
#ifndef FAULTLINE_ARRAY_PRELUDE_H
#define FAULTLINE_ARRAY_PRELUDE_H

/* Nodes of 16 slots, as in a kernel for small machines: what races depend on is not how many there are. */
#define CONFIG_BASE_SMALL 1

#include "types.h"
#include "scale.h"
#include "compiler.h"
#include "lock.h"
#include "guard.h"
#include "atomic.h"
#include "reader.h"
#include "bits.h"
#include "slab.h"
#include "kernel/include/linux/xarray.h"
#include "patched.h"
#include "array.h"

#endif
