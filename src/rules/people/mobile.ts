/** A mobile number of the mainland: a text message reaches no other. */
export const isMobile = (phone: string): boolean => /^1[3-9]\d{9}$/.test(phone)
