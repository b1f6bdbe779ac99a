using System;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>Tests which documents jobs and remoting carry to their full depth.</summary>
public sealed class CompositeDocumentTests
{
    public static TheoryData<Type> Documents =>
    [
        .. typeof(HcsDocument).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HcsDocument)) && !type.IsAbstract),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_composite_exactly_when_a_member_has_members_or_items(Type document) => Assert.Equal(
        document.GetProperties().Any(p => !p.PropertyType.IsValueType && p.PropertyType != typeof(string)),
        document.IsSubclassOf(typeof(CompositeDocument)));
}
