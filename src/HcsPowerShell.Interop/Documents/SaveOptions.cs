namespace HcsPowerShell.Interop.Documents;

/// <summary>How a virtual machine is saved (HCS <c>SaveOptions</c>).</summary>
public sealed class SaveOptions : HcsDocument
{
    /// <summary>ToFile or AsTemplate.</summary>
    public string? SaveType { get; set; }

    /// <summary>The file to save to.</summary>
    public string? SaveStateFilePath { get; set; }
}
