/** Requests of people to see what is held about them: everything brought together, item by item released or kept back, checked by a second person, and answered. */
package org.thinkfamily.disclosure;
