/** The variable by which a run hands its stack to the processes it starts. */
export const stackVariable = 'FREEHOLD_TEST_STACK';
