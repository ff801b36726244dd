/** A backup could not be made or restored; the message says why and what to do. What was there before is as it was. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
}
