/** Contact of a child with each parent: the plan by condition, how each parent is, and what was decided for now. */
package org.thinkfamily.contact;
