using System;
using System.Collections.Generic;

namespace HcsPowerShell.Errors;

/// <summary>Thrown when the beginning of an id does not tell which container is meant.</summary>
internal sealed class AmbiguousIdException(string text, IEnumerable<string> ids)
    : Exception($"several ids begin with '{text}': '{string.Join("', '", ids)}'.");
