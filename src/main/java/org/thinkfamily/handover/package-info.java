/** Changes of worker: who handed a family over to whom, when, and what they wrote. */
package org.thinkfamily.handover;
