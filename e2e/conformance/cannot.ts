// What can keep an experiment from being run at all: no error of the model, and no success either.

/** A broker cannot be had on this machine. */
export class BrokerUnavailable extends Error {}

/** A process of ours was ended by somebody else, so that what was going on says nothing: tried again. */
export class ProcessGone extends Error {}
