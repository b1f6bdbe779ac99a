using System;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// The values that the published schema allows for a text, or for each text of a list. Reading keeps any other value,
/// because Windows adds values; checking reports it.
/// </summary>
/// <param name="values">An enumeration with the names of the values.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(Type values) : Attribute
{
    public Type Values { get; } = values;

    public string[] Names => Enum.GetNames(Values);
}
