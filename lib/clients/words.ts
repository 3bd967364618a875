// Event types as people say them.

/** 'OrderCreated' → 'created', 'PaymentReceived' → 'payment received'. */
export function typeInWords(type: string): string {
  const words = type
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
  return (words.length > 1 && words[0] === 'order' ? words.slice(1) : words).join(' ')
}

/** 'order-42/PaymentReceived' → 'order-42 (payment received)'. A resend's '~2' is another id of the same event. */
export function eventIn(id: string): string {
  const [order = '', type = ''] = id.replace(/~\d+$/, '').split('/')
  return type === '' ? order : `${order} (${typeInWords(type)})`
}
