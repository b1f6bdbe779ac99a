namespace HcsPowerShell.Embedded.Contracts;

/// <summary>What a request does with a resource, by the names of HCS.</summary>
internal enum ChangeType
{
    Add,
    Remove,
    Update,
}
