// Types that netstandard2.0 lacks: those the compiler needs for init, required and records, and a removal by key and
// value.
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;

    [AttributeUsage(AttributeTargets.All, Inherited = false)]
    internal sealed class RequiredMemberAttribute : Attribute;

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    [AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}

namespace System.Collections.Concurrent
{
    internal static class ConcurrentDictionaryRemoval
    {
        /// <summary>
        /// Removes the key if it still has this value: another thread may have replaced the value since.
        /// </summary>
        public static bool TryRemove<TKey, TValue>(this ConcurrentDictionary<TKey, TValue> table, TKey key, TValue value)
            where TKey : notnull =>
            ((Generic.ICollection<Generic.KeyValuePair<TKey, TValue>>)table)
                .Remove(new Generic.KeyValuePair<TKey, TValue>(key, value));
    }
}
