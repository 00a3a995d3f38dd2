/** Files attached to entries: checked, cleaned, scanned, and kept in the database. */
package org.thinkfamily.attachments;
