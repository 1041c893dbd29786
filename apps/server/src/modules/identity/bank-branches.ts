/** 开户行与联行号: where payouts can go. A sandbox has a short list; an operator loads the full one. */
import { CsvError, parse } from 'csv-parse/sync';
import type { BankBranch } from './ports.ts';

const COLUMNS = ['bankName', 'bankCode', 'bankBranchName', 'bankBranchCode', 'province', 'city'] as const;
const MAX_CHARACTERS = 60_000_000;
const SHOWN_PROBLEMS = 50;

type Cells = Readonly<Record<(typeof COLUMNS)[number], string>>;

export interface BranchQuery {
  /** In the name of the bank or the branch, or the beginning of the branch code. */
  readonly keyword?: string | undefined;
  readonly province?: string | undefined;
  readonly city?: string | undefined;
}

/** The file cannot be loaded; nothing of it was. The message lists its wrong lines. */
export class BankCsvError extends Error {
  override readonly name = 'BankCsvError';
  readonly hasSafeMessage = true;
}

/** UTF-8 with the header `bankName,bankCode,bankBranchName,bankBranchCode,province,city`; the codes of branches have 12 digits. */
export function readBranchCsv(text: string): BankBranch[] {
  if (text.length > MAX_CHARACTERS) throw new BankCsvError(`the file is larger than ${MAX_CHARACTERS} characters`);
  const rows = parseCsv(text);
  const problems = rows.flatMap(({ record, info }) => {
    const problem = lineProblem(record);
    return problem === undefined ? [] : [`line ${info.lines}: ${problem}`];
  });
  if (problems.length > 0) throw new BankCsvError(problems.slice(0, SHOWN_PROBLEMS).join('\n'));
  return rows.map(({ record }) => toBranch(record));
}

function parseCsv(text: string): { record: Cells; info: { lines: number } }[] {
  const columns = (header: readonly string[]): string[] => {
    const missing = COLUMNS.filter((name) => !header.includes(name));
    if (missing.length > 0) throw new BankCsvError(`line 1: missing columns: ${missing.join(', ')}`);
    return [...header];
  };
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, info: true, max_record_size: 4096, columns });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BankCsvError(`line ${String(error.lines ?? 1)}: is no valid CSV (${error.code})`);
  }
}

function lineProblem({ bankName, bankBranchName, bankBranchCode }: Cells): string | undefined {
  if (!bankName) return 'bankName is empty';
  if (!bankBranchName) return 'bankBranchName is empty';
  return /^\d{12}$/.test(bankBranchCode) ? undefined : 'bankBranchCode must have 12 digits';
}

function toBranch({ bankName, bankCode, bankBranchName, bankBranchCode, province, city }: Cells): BankBranch {
  return { bankName, bankCode, branchName: bankBranchName, branchCode: bankBranchCode, province, city };
}

export function matchesBranch(branch: BankBranch, { keyword, province, city }: BranchQuery): boolean {
  const { bankName, branchName, branchCode } = branch;
  const isNamed =
    keyword === undefined ||
    [bankName, branchName].some((name) => name.includes(keyword)) ||
    branchCode.startsWith(keyword);
  return isNamed && (province ?? branch.province) === branch.province && (city ?? branch.city) === branch.city;
}
