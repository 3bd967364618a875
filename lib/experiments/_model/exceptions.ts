// By which class the Java client tells its application of an error (org.apache.kafka.common.errors).

/** Where the class is not called as the error is. */
const OTHERWISE: Readonly<Record<string, string>> = {
  NETWORK_EXCEPTION: 'NetworkException',
  OUT_OF_ORDER_SEQUENCE_NUMBER: 'OutOfOrderSequenceException',
  INVALID_PRODUCER_ID_MAPPING: 'InvalidPidMappingException',
}

/** 'INVALID_RECORD' → 'InvalidRecordException'. What is a class already stays as it is. */
export function exceptionFor(error: string): string {
  if (/[a-z]/.test(error)) return error
  const words = error.toLowerCase().split('_')
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return OTHERWISE[error] ?? `${name}Exception`
}
