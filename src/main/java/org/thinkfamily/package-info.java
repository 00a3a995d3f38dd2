/** Think Family: a care pathway for children whose parent has a mental illness or a drug or alcohol problem. */
package org.thinkfamily;
