namespace HcsPowerShell.Interop.Documents;

/// <summary>A crash was requested (HCS <c>InjectNonMaskableInterrupt</c>, which has no members).</summary>
[SinceSchema(2, 4)]
public sealed class InjectNonMaskableInterrupt : HcsDocument;
