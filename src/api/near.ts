const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/**
 * A caller on this machine is the operator, or a proxy that speaks for everybody while TRUST_PROXY is not set: a limit per
 * client would then stop them all at once.
 */
export const isNear = (address: string): boolean => LOOPBACK.test(address)
