/** Professional challenges: who disagrees with what, at which stage, and what became of it. */
package org.thinkfamily.challenge;
