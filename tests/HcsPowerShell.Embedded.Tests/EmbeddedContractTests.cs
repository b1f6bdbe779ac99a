using HcsPowerShell.Embedded.Isolation;

namespace HcsPowerShell.Embedded.Tests;

public sealed class EmbeddedContractTests() : EmbeddedContract(IsolationKind.Process);
