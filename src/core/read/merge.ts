/** Interim: the last message as it is. */
export function mergeMessages(
  messages: readonly { readonly partner: string; readonly at: string; readonly content: unknown }[],
): {
  readonly content: unknown
} {
  return { content: messages.at(-1)?.content }
}
