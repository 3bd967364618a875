// Says that a broker cannot be had on this machine: no error of the model, and no success either.
export class BrokerUnavailable extends Error {}
