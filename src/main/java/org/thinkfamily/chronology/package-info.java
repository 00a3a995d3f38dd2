/** What happened to a family, from all services and from before the record began, on one line of time. */
package org.thinkfamily.chronology;
