namespace HcsPowerShell.Shell.TestModule;

/// <summary>An object with a table of its own in the module's format file.</summary>
public sealed class Layer
{
    public string Id { get; set; } = string.Empty;

    public string Path { get; set; } = string.Empty;
}
