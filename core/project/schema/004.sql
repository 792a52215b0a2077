-- What the buyer answered to the questions of the regulations, on which it hangs what they ask of a contract.
CREATE TABLE regulation_answer (
    regulation TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (regulation, question)
) STRICT;
