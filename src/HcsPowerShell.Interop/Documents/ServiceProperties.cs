using System.Collections.Generic;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The properties of the service (HCS <c>ServiceProperties</c>).</summary>
[SinceSchema(2, 0)]
public sealed class ServiceProperties : CompositeDocument
{
    /// <summary>
    /// One answer for each requested property, in that order; for Basic a <see cref="BasicInformation"/>.
    /// </summary>
    public RawJson[]? Properties { get; set; }

    /// <summary>Answers by the name of the property; since schema 2.5.</summary>
    [SinceSchema(2, 5)]
    public Dictionary<string, PropertyResponse>? PropertyResponses { get; set; }
}
