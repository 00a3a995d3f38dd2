/** How long the record of each person is kept, what stops its destruction, and how two people destroy it. */
package org.thinkfamily.retention;
