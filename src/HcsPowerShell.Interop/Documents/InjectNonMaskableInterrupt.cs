namespace HcsPowerShell.Interop.Documents;

/// <summary>A crash was asked for (HCS <c>InjectNonMaskableInterrupt</c>, which has no members).</summary>
[SinceSchema(2, 4)]
public sealed class InjectNonMaskableInterrupt : HcsDocument;
