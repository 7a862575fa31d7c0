/** LIKE patterns that match the areas and everything below them; below a grid the code goes on after a dash. */
export function areaPatterns(codes: readonly string[]): readonly string[] {
  return codes.flatMap((code) => (code.length < 15 ? [`${code}%`] : [code, `${code}-%`]));
}
