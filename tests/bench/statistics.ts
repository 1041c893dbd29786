export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - (1 - (sorted.length % 2))], sorted[middle]];
  return (low + high) / 2;
}

export function row(name: string, ...cells: (string | number)[]): void {
  const text = cells.map((cell) => (typeof cell === 'number' ? format(cell) : cell).padStart(14));
  process.stdout.write(`${name.padEnd(34)}${text.join('')}\n`);
}

export function title(text: string): void {
  process.stdout.write(`\n${text}\n${'-'.repeat(text.length)}\n`);
}

function format(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
