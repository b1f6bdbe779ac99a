using HcsPowerShell.Embedded.Isolation;

namespace HcsPowerShell.Embedded.Tests.Oci;

public sealed class OciContractTests() : EmbeddedContract(IsolationKind.Oci);
