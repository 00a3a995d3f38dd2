/** The tasks people see, and how they are answered. */
package org.thinkfamily.worklist;
