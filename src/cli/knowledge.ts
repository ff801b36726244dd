/** To be written. */
export async function knowledge(): Promise<number> {
  return 0
}
