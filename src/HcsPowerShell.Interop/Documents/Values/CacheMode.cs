namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>How reads of a layer are cached; empty means Unspecified.</summary>
internal enum CacheMode
{
    Unspecified,
    Disabled,
    Enabled,
    Private,
    PrivateAllowSharing,
}
