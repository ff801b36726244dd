/** Compiles the knowledge in the folder `from` into the folder `to`, which is there and empty. */
export async function compile(_from: string, _to: string): Promise<void> {}
