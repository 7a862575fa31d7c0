import { PACKAGE } from '@brain/verifiable-log';

/** What lies in a package and how to check it; the same words in every package. The mark tells old editors that it is UTF-8. */
export const README_TEXT = `\uFEFF证据包 Evidence package

${PACKAGE.summary}      中英文摘要 summary in Chinese and English: open it in a browser
events/         事件原文，与日志叶子一致，个人信息为密文 the events as the log holds them, personal values as ciphertext
readable/       含个人信息事件的明文 the same events with personal values readable, where they have any
proofs/         每个事件的包含证明 a proof of inclusion for each event (C2SP tlog-proof)
checkpoint      已签名的检查点 the signed checkpoint all proofs lead to (C2SP tlog-checkpoint)
key-rotations/  密钥更换声明（如有）statements by which a key named its successor, if there are any
vkey            日志公钥 public key of the log
manifest.json   文件清单（SHA-256） every file with its size and SHA-256
manifest.note   清单的签名 the signature over it
proof.mjs       单个证明的验证程序，一页代码，无依赖 proves one event: one page of code without dependencies, to be read and run
verifier.mjs    整个证据包的验证程序 proves the whole package; it builds on proof.mjs

离线验证 To verify offline, with Node 20.19 or newer and nothing else:

    node verifier.mjs --package . <vkey>

<vkey> 请使用从其他途径取得的日志公钥 is the public key of the log, got by another way than this package. 不带参数运行则使用包内公钥，
只能证明包内各部分一致。Without arguments the key in the package is used: then the package is shown to agree with itself, and the key is
for you to compare. 单个事件 One event alone:

    node proof.mjs proofs/<eventId>.tlog-proof events/<eventId>.json <vkey>

已证明 Proven: 每个事件在日志中的位置和内容（个人信息的密文）each event, its place in the log, and its personal values as ciphertext.
系统陈述 Stated by the system and signed with the key of the log: 明文个人信息和摘要 the readable personal values and the summary. 明文不能由
密文验证，因为出示密钥会泄露此人的其他信息。They cannot be checked against the ciphertext: the key for that would open everything else
about the person. 已注销的人员显示为“已注销 erased” Erased people are shown as erased.
附件 Attached files: 系统目前不保存照片等附件 the product stores no photos or other files of cases yet; manifest.json has an empty list.
`;
