using System;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The schema that introduced a document or a member, where that is not the oldest.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
internal sealed class SinceSchemaAttribute(int major, int minor) : Attribute
{
    public Version Version { get; } = new(major, minor);
}
