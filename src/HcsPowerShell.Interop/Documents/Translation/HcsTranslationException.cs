using System;

namespace HcsPowerShell.Interop.Documents.Translation;

/// <summary>A failure to translate: schema 2 cannot express a member of a schema 1 document.</summary>
public sealed class HcsTranslationException : Exception
{
    /// <summary>Creates the exception from the member and the reason.</summary>
    public HcsTranslationException(string member, string reason)
        : base(member + ": " + reason)
    {
        Member = member;
        Reason = reason;
    }

    /// <summary>Path of the member, such as <c>MappedDirectories[0].IOPSMaximum</c>.</summary>
    public string Member { get; }

    /// <summary>
    /// The reason why the member has no counterpart, and what to do instead where something can be done.
    /// </summary>
    public string Reason { get; }
}
