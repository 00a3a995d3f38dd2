/** The entries people file about a family, never changed afterwards, and the decisions taken. */
package org.thinkfamily.record;
