// Event types as people say them.

/** 'OrderCreated' → 'created', 'PaymentReceived' → 'payment received'. */
export function typeInWords(type: string): string {
  const words = type
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
  return (words.length > 1 && words[0] === 'order' ? words.slice(1) : words).join(' ')
}
