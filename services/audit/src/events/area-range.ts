const GRID_DIGITS = 15;

/** The codes of an area and of everything below it, as sorted text: from the first up to, not including, the last. */
export function areaRange(code: string): readonly [from: string, before: string] {
  // Codes are digits, with `-` before each part below a grid; `.` and `:` are what comes next after `-` and `9`.
  return [code, `${code}${code.length < GRID_DIGITS ? ':' : '.'}`];
}
