/**
 * Which variables of the environment a provider or a target may name as its key. A builder chooses both the name and
 * the address that it is sent to, so nothing else of the environment (a database URL, a key of the host) may be named.
 */
import { Failure } from '../kernel/failure.ts'

/** As the providers' own clients call them. */
const USUAL: ReadonlySet<string> = new Set([
  'AI21_API_KEY',
  'ANTHROPIC_API_KEY',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AZURE_API_KEY',
  'AZURE_OPENAI_API_KEY',
  'CEREBRAS_API_KEY',
  'COHERE_API_KEY',
  'CO_API_KEY',
  'DASHSCOPE_API_KEY',
  'DEEPINFRA_API_KEY',
  'DEEPSEEK_API_KEY',
  'FIREWORKS_API_KEY',
  'GEMINI_API_KEY',
  'GITHUB_MODELS_TOKEN',
  'GOOGLE_API_KEY',
  'GROQ_API_KEY',
  'HF_TOKEN',
  'HUGGINGFACE_API_KEY',
  'JINA_API_KEY',
  'LITELLM_API_KEY',
  'MISTRAL_API_KEY',
  'MOONSHOT_API_KEY',
  'NVIDIA_API_KEY',
  'OLLAMA_API_KEY',
  'OPENAI_API_KEY',
  'OPENROUTER_API_KEY',
  'PERPLEXITY_API_KEY',
  'REPLICATE_API_TOKEN',
  'SAMBANOVA_API_KEY',
  'TOGETHER_API_KEY',
  'VLLM_API_KEY',
  'VOYAGE_API_KEY',
  'XAI_API_KEY',
])

/** Names that may be used here: the usual ones, and those that whoever runs the server has added. */
export function createCredentialNames(added: readonly string[] = []) {
  const mayBeNamed = (name: string): boolean => USUAL.has(name) || (added.includes(name) && !isOwn(name))
  return {
    mayBeNamed,
    /** Throws `models.credential-own` for a setting of this server, `models.credential-not-listed` for other names. */
    demand(name: string): void {
      if (mayBeNamed(name)) return
      if (isOwn(name))
        throw new Failure(
          'forbidden',
          'models.credential-own',
          `${name} is a setting of this server and is never sent out.`,
        )
      throw new Failure(
        'forbidden',
        'models.credential-not-listed',
        `${name} is not the usual name of a provider's key, and is not read. Store the key with PUT /api/v1/providers, or have whoever runs the server add the name to AIRWORTHY_CREDENTIALS.`,
      )
    },
  }
}

const isOwn = (name: string): boolean => name.startsWith('AIRWORTHY_')
