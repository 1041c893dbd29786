/** Something about this installation stops it from starting; the message says what, `mend` what to do. */
export class InstallationError extends Error {
  override readonly name = 'InstallationError';
  /** The message names settings, files and processes only, so the log may keep it. */
  readonly hasSafeMessage = true;
  readonly problem: string;
  readonly mend: string;

  constructor(problem: string, mend: string, options?: ErrorOptions) {
    super(`${problem} Mend: ${mend}`, options);
    this.problem = problem;
    this.mend = mend;
  }
}
