/** Joint assessments: which parts each side has given, how each sees the risk, who signed, and the outcome for each child. */
package org.thinkfamily.assessment;
