/** Working days in England, how long each step may take, and the clocks that run for a family. */
package org.thinkfamily.clock;
