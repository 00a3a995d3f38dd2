/** People, families, relationships and who is involved with whom. */
package org.thinkfamily.family;
