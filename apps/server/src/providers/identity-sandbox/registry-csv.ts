/** Reads an operator's people and companies. Every wrong line is named at once. */
import {
  isBankCardNumber,
  isCreditCode,
  isMobile,
  isRegistrationNumber,
  isResidentId,
} from '@signet/protocol/identifiers';
import { CsvError, parse } from 'csv-parse/sync';
import { COMPANY_BEHAVIOURS, entryKey, PERSON_BEHAVIOURS, type RegistryEntry } from './entries.ts';

const COLUMNS = [
  'kind',
  'name',
  'idNumber',
  'mobile',
  'bankCardNumber',
  'representativeName',
  'representativeIdNumber',
  'behaviour',
] as const;
const REQUIRED_COLUMNS = ['kind', 'name', 'idNumber'] as const;
const MAX_CHARACTERS = 5_000_000;
const MAX_LINES = 20_000;
const SHOWN_PROBLEMS = 50;

type Column = (typeof COLUMNS)[number];
type Cells = Readonly<Partial<Record<Column, string>>>;
type Problem = string | undefined;

/** The file cannot be loaded; nothing of it was. The message lists its wrong lines and never quotes a number of a person. */
export class RegistryCsvError extends Error {
  override readonly name = 'RegistryCsvError';
  readonly hasSafeMessage = true;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const hidden = problems.length - SHOWN_PROBLEMS;
    const shown = hidden > 0 ? [...problems.slice(0, SHOWN_PROBLEMS), `and ${hidden} more`] : problems;
    super(shown.join('\n'));
    this.problems = problems;
  }
}

/**
 * Columns: `kind` (person | company), `name`, `idNumber`; for a person `mobile` and `bankCardNumber`, for a company `representativeName` and
 * `representativeIdNumber`; `behaviour` as in `sandbox/registry`, `normal` when empty.
 */
export function loadRegistryCsv(text: string): RegistryEntry[] {
  const problems: string[] = [];
  const entries: RegistryEntry[] = [];
  const seen = new Map<string, number>();

  for (const { line, cells } of readLines(text)) {
    const found = lineProblems(cells);
    if (found.length > 0) problems.push(`line ${line}: ${found.join('; ')}`);
    if (found.length > 0) continue;

    const entry = toEntry(cells);
    const earlier = seen.get(entryKey(entry));
    if (earlier !== undefined) problems.push(`line ${line}: idNumber is the same as in line ${earlier}`);
    seen.set(entryKey(entry), line);
    entries.push(entry);
  }

  if (problems.length > 0) throw new RegistryCsvError(problems);
  return entries;
}

function readLines(text: string): { line: number; cells: Cells }[] {
  if (text.length > MAX_CHARACTERS)
    throw new RegistryCsvError([`the file is larger than ${MAX_CHARACTERS} characters`]);
  try {
    const rows: { record: Cells; info: { lines: number } }[] = parse(text, {
      ...{ bom: true, trim: true, skip_empty_lines: true, info: true },
      ...{ to: MAX_LINES + 1, max_record_size: 4096, columns: checkHeader },
    });
    if (rows.length > MAX_LINES) throw new RegistryCsvError([`the file has more than ${MAX_LINES} lines`]);
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new RegistryCsvError([`line ${String(error.lines ?? 1)}: ${describeCsvError(error)}`]);
  }
}

/** The parser's own messages quote the text around the fault, which may be personal data. */
function describeCsvError(error: CsvError): string {
  const isWidth = error.code.startsWith('CSV_RECORD_INCONSISTENT');
  return isWidth ? 'has another number of columns than the header' : `is no valid CSV (${error.code})`;
}

function checkHeader(header: readonly string[]): string[] {
  const unknown = header.filter((name) => !COLUMNS.includes(name as Column));
  const missing = REQUIRED_COLUMNS.filter((name) => !header.includes(name));
  const problems = [
    ...unknown.map((name) => `line 1: unknown column "${name.slice(0, 40)}"; known are ${COLUMNS.join(', ')}`),
    ...missing.map((name) => `line 1: column ${name} is missing`),
  ];
  if (problems.length > 0) throw new RegistryCsvError(problems);
  return [...header];
}

function lineProblems(cells: Cells): string[] {
  if (cells.kind === 'person') return present(personProblems(cells));
  if (cells.kind === 'company') return present(companyProblems(cells));
  return ['kind must be person or company'];
}

function personProblems({ name, idNumber, mobile, bankCardNumber: card, behaviour, ...rest }: Cells): Problem[] {
  return [
    nameProblem('name', name, 50),
    isResidentId(idNumber ?? '') ? undefined : 'idNumber is no valid resident id (18 characters with checksum)',
    !mobile || isMobile(mobile) ? undefined : 'mobile is no mobile number',
    !card || isBankCardNumber(card)
      ? undefined
      : 'bankCardNumber is no bank card number (12 to 19 digits with checksum)',
    rest.representativeName || rest.representativeIdNumber ? 'a person has no representative' : undefined,
    behaviourProblem(behaviour, Object.keys(PERSON_BEHAVIOURS)),
  ];
}

function companyProblems(cells: Cells): Problem[] {
  const { name, idNumber = '', representativeName, representativeIdNumber, behaviour } = cells;
  const isCompanyNumber = isCreditCode(idNumber) || isRegistrationNumber(idNumber);
  const isPersonNumber = !representativeIdNumber || isResidentId(representativeIdNumber);
  return [
    nameProblem('name', name, 100),
    isCompanyNumber ? undefined : 'idNumber is no valid credit code (18) or registration number (15)',
    nameProblem('representativeName', representativeName, 50),
    isPersonNumber ? undefined : 'representativeIdNumber is no valid resident id',
    cells.mobile ? 'a company has no mobile' : undefined,
    cells.bankCardNumber ? 'a company has no bank card' : undefined,
    behaviourProblem(behaviour, Object.keys(COMPANY_BEHAVIOURS)),
  ];
}

function nameProblem(column: string, name: string | undefined, longest: number): Problem {
  if (!name) return `${column} is empty`;
  return [...name].length > longest ? `${column} is longer than ${longest} characters` : undefined;
}

function behaviourProblem(behaviour: string | undefined, known: readonly string[]): Problem {
  return !behaviour || known.includes(behaviour) ? undefined : `behaviour must be one of ${known.join(', ')}`;
}

function present(problems: readonly Problem[]): string[] {
  return problems.filter((problem) => problem !== undefined);
}

function toEntry(cells: Cells): RegistryEntry {
  const { name = '', mobile, bankCardNumber, representativeName = '', representativeIdNumber } = cells;
  const idNumber = (cells.idNumber ?? '').toUpperCase();
  const behaviour = cells.behaviour || 'normal';
  if (cells.kind === 'person') {
    const numbers = { ...(mobile && { mobile }), ...(bankCardNumber && { bankCardNumber }) };
    return { kind: 'person', name, idNumber, ...numbers, behaviour } as RegistryEntry;
  }
  return {
    ...{ kind: 'company', name, idNumber, representativeName, behaviour },
    ...(representativeIdNumber && { representativeIdNumber: representativeIdNumber.toUpperCase() }),
  } as RegistryEntry;
}
