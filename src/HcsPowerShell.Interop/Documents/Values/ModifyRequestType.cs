namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>The change to a setting.</summary>
internal enum ModifyRequestType
{
    Add,
    Remove,
    Update,
}
