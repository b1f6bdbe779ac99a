namespace HcsPowerShell.Interop.Images;

/// <summary>An image in an archive, and how a program finds it there.</summary>
/// <param name="Properties">What the archive says of it.</param>
/// <param name="Form">The form of the archive.</param>
/// <param name="Position">Its number in the archive, from 0.</param>
internal sealed record ArchivedImage(ImageProperties Properties, ArchiveForm Form, int Position)
{
    /// <summary>Its configuration, as it stands there.</summary>
    public required byte[] Configuration { get; init; }

    /// <summary>Its name in the index of an OCI layout, as it stands there.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>Type of its manifest, in an OCI layout.</summary>
    public string? MediaType { get; init; }

    /// <summary>Bytes of its manifest, in an OCI layout.</summary>
    public long ManifestSize { get; init; }
}

/// <summary>The forms of an archive.</summary>
internal enum ArchiveForm
{
    /// <summary>An OCI layout that is a folder.</summary>
    LayoutFolder,

    /// <summary>An OCI layout in a tar file.</summary>
    LayoutFile,

    /// <summary>A file of <c>docker save</c>.</summary>
    DockerFile,
}
