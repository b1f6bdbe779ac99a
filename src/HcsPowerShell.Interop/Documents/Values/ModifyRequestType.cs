namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>What is done with a setting.</summary>
internal enum ModifyRequestType
{
    Add,
    Remove,
    Update,
}
