/* goto in every direction, switch with fall-through and ranges, loops, short circuits. */
static int calls;

static int touch(int result)
{
	calls++;
	return result;
}

static int classify(int n)
{
	int score = 0;

	switch (n) {
	case 0:
		score = 1;
	case 1:
		score += 10;
		break;
	case 2: {
		score = 200;
		break;
	}
	case 10 ... 19:
	case -5:
		score = 3;
		break;
	case 1000 ... 100000:
		score = 5;
		break;
	default:
		score = -1;
	case 3:
		score *= 2;
	}
	return score;
}

static int retry(int limit)
{
	int tries = 0;

restart:
	tries++;
	for (;;) {
		if (tries < limit)
			goto restart;
		do {
			if (tries == limit)
				goto out;
		} while (1);
	}
out:
	return tries;
}

static int device(int count)
{
	int n = (count + 3) / 4, done = 0;

	switch (count % 4) {
	case 0:
		do {
			done++;
	case 3:
			done++;
	case 2:
			done++;
	case 1:
			done++;
		} while (--n > 0);
	}
	return done;
}

static long wide_switch(unsigned long v)
{
	switch (v) {
	case 0xffffffffffffffffUL:
		return 1;
	case 0xffffffffUL:
		return 2;
	case 1UL << 40:
		return 3;
	}
	return 4;
}

static int unsigned_switch(unsigned v)
{
	switch (v) {
	case -1:
		return 1;
	case 0x80000000:
		return 2;
	}
	return 3;
}

static int nested(int a, int b)
{
	int n = 0;

	for (int i = 0; i < a; i++) {
		for (int j = 0;; j++) {
			if (j == 2)
				continue;
			if (j > b)
				break;
			n += i * j;
		}
		switch (i) {
		case 1:
			continue;
		case 3:
			goto done;
		}
		n++;
	}
done:
	return n;
}

static void run(void)
{
	int i;

	for (i = -6; i < 22; i += 1)
		put(classify(i));
	put(classify(5000));
	put(retry(7));
	put(device(1) + device(2) * 10 + device(7) * 100 + device(8) * 1000);
	put(wide_switch(-1));
	put(wide_switch(0xffffffff));
	put(wide_switch(1UL << 40));
	put(wide_switch(0));
	put(unsigned_switch(-1));
	put(unsigned_switch(1u << 31));
	put(nested(5, 4));
	put(touch(0) && touch(1));
	put(touch(1) || touch(0));
	put(touch(0) || touch(2));
	put(!touch(0) && !(touch(0) || touch(0)));
	put(calls);
	put((touch(1), touch(5)));
	put(touch(0) ? touch(1) : touch(2));
	put(touch(3) ?: touch(4));
	put(touch(0) ?: touch(4));
	put(calls);
	i = 0;
	while (i++ < 5)
		if (i == 3)
			break;
	put(i);
	do
		i--;
	while (i > 0 && i != 1);
	put(i);
	if (0) {
hidden:
		put(111);
	} else if (i == 1) {
		i = 2;
		goto hidden;
	}
	for (i = 0; i < 3; i++)
		;
	put(i);
	switch (sizeof(long)) {
	case 4:
		put(4);
		break;
	case 8:
		put(8);
	}
	switch (i) {
	}
	put((i > 2) + (i >= 3) * 2 + (i < 3) * 4 + (i == 3) * 8 + (i != 3) * 16);
}
