/** A mistake that the user can mend: the message says what is wrong, where, and what to do. Ends with exit code 2. */

export class UserError extends Error {
  override name = 'UserError';
}
