/** Messages to people outside the product: queued in the transaction that causes them, sent afterwards. */
package org.thinkfamily.notify;
