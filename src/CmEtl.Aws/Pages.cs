using System.Runtime.CompilerServices;
using CmEtl.Aws.Client;
using CmEtl.Engine;

namespace CmEtl.Aws;

/// <summary>Reads the pages of a list operation, one after the other.</summary>
internal static class Pages
{
    /// <param name="read">Reads the page of a token; null is the first page.</param>
    /// <param name="next">The token of the page after it; null or empty after the last.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="CmEtlException">A page is its own successor: the list would never end.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<string?, Task<T>> read, Func<T, string?> next, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? token = null;
        do
        {
            cancel.ThrowIfCancellationRequested();
            var page = await read(token);
            yield return page;
            var following = next(page);
            if (following == token && !string.IsNullOrEmpty(token))
            {
                throw new CmEtlException(
                    ErrorKind.Transient, ErrorIds.UnexpectedReply, $"A page of {typeof(T).Name} refers to itself as the next page, so the list never ends.",
                    ServiceErrors.CheckTheWay);
            }

            token = following;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
