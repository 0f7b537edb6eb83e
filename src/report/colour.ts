import colours from 'picocolors';

/** The few things that are coloured, by what they mean. */
export interface Palette {
  bad: (text: string) => string;
  good: (text: string) => string;
  unsure: (text: string) => string;
  strong: (text: string) => string;
  faint: (text: string) => string;
}

/** A palette that colours, or one that leaves every text as it is. Who asks decides by NO_COLOR and TTY. */
export function palette(enabled: boolean): Palette {
  const c = colours.createColors(enabled);
  return { bad: c.red, good: c.green, unsure: c.yellow, strong: c.bold, faint: c.dim };
}
